/** Files as the programs write them, made for the purpose: their headers are facts, everybody in them is invented. */
export const samples = {
  google: `First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value
Ann,Marie,Lee,,,,Dr.,,,,Northwind,Dentist,,1980-05-17,"Prefers
mornings",https://lh3.example/p.jpg,Patients ::: * myContacts,* Work,ann@northwind.example ::: ann.lee@example.com,Home,ann@home.example,Mobile,(212) 555-0123 ::: +33 6 12 34 56 78,Work Fax,212-555-0100,Home,"12 Main St
Portland, ME 04101
US",12 Main St,Portland,,ME,04101,US,Apt 4,Profile,example.com/ann,Anniversary,2005-06-01,Insurance,Blue
`,
  googleOld: `Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title
Ann Lee,Ann,,Lee,,,,,,,,,,, --05-17,,,,,,,,,,,,,,* myContacts ::: Patients,* Home,ann@example.com,Mobile,212-555-0123,Home,12 Main St,12 Main St,Portland,,Northwind,Dentist
`,
  outlookEn: `Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home City,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Home Phone,Mobile Phone,Other Phone,Pager,Anniversary,Birthday,Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,Notes,Web Page,Gender,Spouse
Dr.,Ann,,Lee,Jr.,Northwind,Dental,Dentist,12 Main St,Suite 4,,Portland,ME,04101,United States of America,5 Oak Ave,Bath,,212-555-0100,212-555-0101,,212-555-0102,212-555-0103,,,0/0/00,5/17/1980,VIP;New,ann@northwind.example,SMTP,Ann Lee (ann@northwind.example),ann@example.com,SMTP,Line,www.example.com,Unspecified,
`,
  outlookFr: `Titre;Prénom;Deuxième prénom;Nom;Suffixe;Société;Service;Titre;Rue (bureau);Ville (bureau);Dép/Région (bureau);Code postal (bureau);Pays/Région (bureau);Rue (domicile);Télécopie (bureau);Téléphone (bureau);Téléphone (domicile);Tél. mobile;Anniversaire;Catégories;Adresse de messagerie;Notes;Page Web
M.;Zoé;;Lefèvre;;Boulangerie;;Gérante;3 rue Haute;Lyon;;69001;France;;;04 72 00 00 01;;06 12 34 56 78;17/05/1980;;zoe@exemple.fr;;
`,
  outlookEs: `Título,Nombre,Segundo nombre,Apellidos,Sufijo,Organización,Departamento,Puesto,Calle del trabajo,Ciudad de trabajo,Código postal del trabajo,País o región del trabajo,Fax del trabajo,Teléfono del trabajo,Teléfono particular,Teléfono móvil,Cumpleaños,Categorías,Dirección de correo electrónico,Notas,Página Web
Sra.,Ana,,García López,,Clínica,,Gerente,Calle Mayor 3,Madrid,28001,España,,910 000 001,,612 345 678,17/05/1980,,ana@ejemplo.es,,
`,
  hubspot: `"Record ID","First Name","Last Name","Email","Phone Number","Mobile Phone Number","Contact owner","Lead Status","Create Date","Lifecycle Stage","Marketing contact status","Associated Company","Job Title","City","State/Region","Postal Code","Country/Region","Website URL","Additional email addresses"
"151","Ann","Lee","ann@example.com","+12125550123","","Dana Roe (dana@x.example)","New","2026-03-01 10:00","Lead","Marketing contact","Northwind","Dentist","Portland","ME","04101","United States","","a2@example.com;a3@example.com"
`,
  salesforce: `"Salutation","First Name","Last Name","Title","Account Name","Mailing Street","Mailing City","Mailing State/Province","Mailing Zip/Postal Code","Mailing Country","Phone","Fax","Mobile","Email","Account Owner","Contact ID"
"Ms.","Ann","Lee","Dentist","Northwind","12 Main St","Portland","ME","04101","USA","(212) 555-0123","","(212) 555-0124","ann@example.com","Dana","0035e00000abc"
`,
  zoho: `Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last Name,Account Name.id,Account Name,Email,Title,Department,Phone,Home Phone,Other Phone,Fax,Mobile,Date of Birth,Assistant,Asst Phone,Email Opt Out,Mailing Street,Mailing City,Mailing State,Mailing Zip,Mailing Country,Description,Secondary Email
zcrm_1,zcrm_9,Dana,Web,Ann,Lee,zcrm_5,Northwind,ann@example.com,Dentist,Dental,212-555-0123,,,,212-555-0124,1980-05-17,,,false,12 Main St,Portland,ME,04101,USA,Prefers mornings,a2@example.com
`,
  pasted: `Name\tPhone\tFee\tSince
Lee, Ann\t212-555-0123 x5\t$1,200.50\t3/25/2026
Roe, Bob\t(646) 555-0100 / 646 555 0101\t$90\t4/1/2026
`,
} as const
